"""prototype"""
from __future__ import annotations
from dataclasses import dataclass
import numpy as np
from PIL import Image
from search.colors.lab import Floats, rgb_of, to_lab
from search.colors.naming import names_of
from search.colors.subject import reduced, subject_in, Subject

CLUSTERS=10
KEEP=5
WEIGHT=np.array([.55,1,1],np.float32)

def kmeans(points, weights, k, iterations=6):
    """weighted, deterministic: farthest-first seeds on histogram bins"""
    mean=(points*weights[:,None]).sum(0)/weights.sum()
    centres=[mean]
    d=((points-mean)**2).sum(1)
    for _ in range(k-1):
        i=(d*weights**.5).argmax()
        centres.append(points[i]); d=np.minimum(d,((points-points[i])**2).sum(1))
    c=np.array(centres[1:] if k>1 else centres)
    for _ in range(iterations):
        near=((points[:,None]-c)**2).sum(-1).argmin(1)
        w=np.bincount(near,weights,minlength=len(c))
        c=np.stack([np.bincount(near,weights*points[:,i],minlength=len(c)) for i in range(3)],-1)/np.maximum(w,1e-9)[:,None]
        c=c[w>0]
    near=((points[:,None]-c)**2).sum(-1).argmin(1)
    return near,c

MERGE=11.
def merge(near,points,weights):
    k=near.max()+1
    w=np.bincount(near,weights,minlength=k); c=np.stack([np.bincount(near,weights*points[:,i],minlength=k) for i in range(3)],-1)/np.maximum(w,1e-9)[:,None]
    live=list(np.flatnonzero(w>0))
    while len(live)>1:
        C=c[live]; d=np.sqrt(((C[:,None]-C)**2).sum(-1)); np.fill_diagonal(d,1e9)
        i,j=np.unravel_index(d.argmin(),d.shape)
        if d[i,j]>MERGE: break
        i,j=live[i],live[j]
        c[i]=(c[i]*w[i]+c[j]*w[j])/(w[i]+w[j]); w[i]+=w[j]; near=np.where(near==j,i,near); live.remove(j)
    num=np.zeros(k,int); num[live]=np.arange(len(live))
    return num[near],c[live]

def analyse(image):
    im=reduced(image); lab=to_lab(im); s=subject_in(lab)
    return lab,s

def skin_like(lab):
    L,a,b=lab[...,0],lab[...,1],lab[...,2]
    c=np.hypot(a,b); h=np.degrees(np.arctan2(b,a))
    return (L>28)&(L<88)&(c>12)&(c<42)&(h>32)&(h<68)

def colors(lab, s, skin=True):
    h,w,_=lab.shape
    ys,xs=np.meshgrid(np.linspace(-1,1,h),np.linspace(-1,1,w),indexing='ij')
    weight=np.exp(-(xs*xs+ys*ys)/(2*.5**2)).astype(np.float32)
    m=s.mask
    wt=np.where(m,weight,weight*(1-min(1,s.confidence/.3))*.5)
    if s.ground is not None and s.ground[0]>60 and np.hypot(*s.ground[1:])<12:
        # white balance: neutral light ground
        lab=lab.copy(); lab[...,0]*=min(1.12,98/ s.ground[0]); lab[...,1:]-=s.ground[1:]*(lab[...,:1]/100)
    if skin:
        sk=skin_like(lab)&m
        f=(wt*sk).sum()/max(wt.sum(),1e-9)
        t=np.clip((f-.4)/.2,0,1); 
        wt=np.where(sk,wt*(.15+.85*t),wt)
    g=np.zeros((h,w),np.float32); L=lab[...,0]
    gy=np.abs(np.diff(lab,axis=0)).sum(-1); gx=np.abs(np.diff(lab,axis=1)).sum(-1)
    g[:-1]+=gy; g[1:]+=gy; g[:,:-1]+=gx; g[:,1:]+=gx
    wt=wt/(1+(g/30)**2)
    # bins
    q=np.floor(lab/np.array([5,5,5],np.float32)).astype(int); q-=q.reshape(-1,3).min(0)
    n=q.reshape(-1,3).max(0)+1; key=((q[...,0]*n[1]+q[...,1])*n[2]+q[...,2]).ravel()
    cnt=np.bincount(key,wt.ravel()); used=np.flatnonzero(cnt>0); 
    W=cnt[used]; P=np.stack([np.bincount(key,(wt*lab[...,i]).ravel(),minlength=len(cnt))[used] for i in range(3)],-1)/W[:,None]
    W=W/W.sum()
    near,c=kmeans(P*WEIGHT,W,CLUSTERS)
    near,c=merge(near,P*WEIGHT,W)
    out=[]
    for k in range(len(c)):
        i=near==k; w=W[i].sum()
        if w<.01: continue
        o=np.argsort(P[i,0]); cum=np.cumsum(W[i][o])/w
        # representative: mean of middle lightness half
        sel=o[(cum>.3)&(cum<.9)] if len(o)>3 else o
        if len(sel)==0: sel=o
        rep=(P[i][sel]*W[i][sel][:,None]).sum(0)/W[i][sel].sum()
        out.append((w,rep))
    out.sort(key=lambda t:-t[0])
    tot=sum(w for w,_ in out)
    reps=np.array([r for _,r in out],np.float32); ws=np.array([w for w,_ in out])/tot
    shares=ws@names_of(reps)
    return shares, list(zip(ws,reps))
